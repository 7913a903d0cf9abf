import type { CapacitorConfig } from '@capacitor/cli'

export default { appId: 'example.landfall', appName: 'Landfall', webDir: 'dist' } satisfies CapacitorConfig
