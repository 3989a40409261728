"""The screens on which settings are changed, and tokens made and revoked."""
