"""Official paper over query results: documents as Decree 30/2020 lays them out."""
