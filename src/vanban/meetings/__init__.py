"""The meetings a text reports, and their days: conferences, talks, receptions, visits."""
