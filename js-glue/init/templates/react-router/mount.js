route('auth/*', 'ROUTE_FILE'),
