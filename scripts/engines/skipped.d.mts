export declare function skipped(name: string, reason: string): void;
