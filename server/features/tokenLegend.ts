/** Types and modifiers of semantic tokens, in the order of their numbers. Announced before the feature is loaded. */
export const TOKEN_TYPES = ['namespace', 'class', 'function', 'method', 'property', 'variable', 'parameter'] as const;
export const TOKEN_MODIFIERS = ['declaration', 'readonly', 'defaultLibrary'] as const;
