/** What the page uses of htm's standalone build, which is served under this name. */
export declare function html(strings: TemplateStringsArray, ...values: unknown[]): object;
export declare function render(tree: object, parent: Element): void;
export declare function useState<T>(initial: T): [T, (next: T) => void];
export declare function useRef<T>(initial: T): { current: T };
export declare function useEffect(effect: () => unknown, on?: readonly unknown[]): void;
export declare function useLayoutEffect(effect: () => unknown, on?: readonly unknown[]): void;
