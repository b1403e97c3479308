"""Components: one tag, one template, one stylesheet, one entry in the gallery."""
