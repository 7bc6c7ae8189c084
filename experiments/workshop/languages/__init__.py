"""The languages of the faces: one gettext catalogue each (de.po, da.po), made into what the faces load by `catalogue`."""
