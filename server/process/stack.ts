/** A thousand frames of Python take more stack than Node gives a thread, in megabytes. */
export const STACK_MEGABYTES = 32;
