"""Line against line (L)."""
