import { auth } from 'AUTH_MODULE'

app.use((c, next) => auth.handle(c.req.raw) ?? next())
