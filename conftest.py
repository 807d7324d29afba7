"""Switches the engine on."""

pytest_plugins = ["hostproof.plugin"]
