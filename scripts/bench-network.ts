/** `npm run bench:network -- --rpc URL[,URL …]`: throughput of issues and swaps on whatever chain is given. */
throw new Error("not built yet");
