/** A constant such as NEVER_SUBSCRIBED as a person would say it. */
export const words = (constant: string) => constant.toLowerCase().replaceAll(/[_-]/g, ' ');
