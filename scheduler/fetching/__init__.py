"""The one adapter for everything that reads the web: public addresses only, and every cost bounded."""
