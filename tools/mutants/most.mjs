/** More mutants than these have no switch. */
export const MOST = 8192
