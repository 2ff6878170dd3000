"""What is wanted of an audit: settings, selection, severities, baselines."""
