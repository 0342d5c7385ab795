"""Forms of this app. Passwords are typed twice only where nobody can mail a link to mend a slip."""
