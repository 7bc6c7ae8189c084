"""What each face of a workshop shows, as plain values: the projector, a phone, the console. Nothing else reaches a device."""
