// Files: refused by size before they travel, and a bar while they do.
type ProgressEventOfHtmx = CustomEvent<{ loaded: number; total: number; lengthComputable: boolean }>;

// data-limits holds what the server takes: ".csv:268435456 .xlsx:20971520".
const limitOf = (name: string, limits: string): number => {
	const found = limits.split(" ").find((pair) => name.toLowerCase().endsWith(pair.split(":")[0] ?? " "));
	return found ? Number(found.split(":")[1]) : Number.POSITIVE_INFINITY;
};

document.addEventListener("change", (event) => {
	const input = event.target as HTMLInputElement;
	const { limits, limitWords = "" } = input.dataset;
	if (!limits || !input.files) return;
	const large = [...input.files].find((file) => file.size > limitOf(file.name, limits));
	const megabytes = large ? limitOf(large.name, limits) / 1024 / 1024 : 0;
	input.setCustomValidity(large ? limitWords.replace("{megabytes}", String(megabytes)) : "");
	input.reportValidity();
});

document.addEventListener("htmx:xhr:progress", (event) => {
	const { loaded, total, lengthComputable } = (event as ProgressEventOfHtmx).detail;
	const bar = (event.target as Element).querySelector<HTMLProgressElement>("progress[data-upload]");
	if (!bar || !lengthComputable) return;
	bar.hidden = false;
	bar.max = total;
	bar.value = loaded;
});
