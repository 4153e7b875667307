"""The register out as a file and the same file back in: compared first, then written, undone as
one step."""
