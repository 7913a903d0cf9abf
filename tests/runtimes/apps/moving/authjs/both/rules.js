/** Who may come in. @param {{ username: string }} profile as Bitbucket has it */
export const isAllowed = ({ username }) => username !== 'mallory'
