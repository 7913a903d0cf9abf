export { createClient } from '../../supabase'
