"""Reports that another agency files on behalf of somebody, and what the network asks about others."""
