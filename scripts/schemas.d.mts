export function rulesInTable(): { code: string; level: string; reports: string }[];
export function configurationSchema(): object;
export function settingsSchema(): object;
export function writeSchemas(folder: string): void;
