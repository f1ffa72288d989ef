/** The phone window's own words; the sentences about the disclosure come from the phone. */
export interface PhoneTexts {
    readonly windowTitle: string;
    readonly titles: {
        readonly start: string;
        readonly code: string;
        readonly signed: string;
        readonly over: string;
    };
    readonly readDigits: string;
    readonly orWords: string;
    readonly scan: string;
    readonly checkWords: string;
    readonly checkWordsWhen: string;
    readonly signedBy: string;
    readonly share: string;
    readonly publish: string;
    readonly withdraw: string;
    readonly again: string;
    readonly busy: {
        readonly registering: string;
        readonly waiting: string;
        readonly publishing: string;
        readonly withdrawing: string;
    };
    readonly language: string;
    readonly wordLanguage: string;
}
export declare const PHONE_TEXTS: Readonly<Record<"nl" | "en", PhoneTexts>>;
