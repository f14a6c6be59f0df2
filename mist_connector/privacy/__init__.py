"""What protects a person's identity once it is in a CRM: shielding, reports, erasure, review."""
