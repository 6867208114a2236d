"""What is handed in beside the reports: approved budgets and targets, final accounts, last year's rows."""
