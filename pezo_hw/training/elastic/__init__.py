"""ElasticZO: the last layers by back-propagation, those before them by forward passes alone."""
