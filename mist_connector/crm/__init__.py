"""The CRM behind one port: transports, observation, deployment, writing."""
