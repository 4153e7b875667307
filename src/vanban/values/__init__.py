"""Values in the text, before anybody asks what they are about: times, numbers, quantities."""
