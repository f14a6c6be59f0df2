"""Transports of the external API: JSON-2, JSON-RPC and XML-RPC over one wire."""
