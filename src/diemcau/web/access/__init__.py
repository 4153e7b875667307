"""Pages of people and roles: who has an account, what each holds, why each sees what they see."""
