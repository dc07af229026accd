"""What people say: examples to learn from, rules, and the components that understand."""
