export declare function skipped(name: string, reason: string): void;
export declare const SKIPPED: number;
