"""An in-memory CRM for unit tests, held to the same contract as the real one."""
