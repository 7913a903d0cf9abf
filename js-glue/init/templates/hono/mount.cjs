const { auth } = require('AUTH_MODULE')

app.use((c, next) => auth.handle(c.req.raw) ?? next())
