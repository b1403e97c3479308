"""Pages of the vault: `padlock` for unlocking and files, `keys` for keys that live on."""
