"""Study files: what varies, what is compared, what is kept."""
