"""What each role can really read in the CRM: tried as each role, compared with the matrix."""
