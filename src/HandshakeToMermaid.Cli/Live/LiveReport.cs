using HandshakeToMermaid.Capture.Live;
using HandshakeToMermaid.Cli.Reports;
using HandshakeToMermaid.Diagrams.Wording;
using HandshakeToMermaid.Pipeline;

namespace HandshakeToMermaid.Cli.Live;

/// <summary>Says on standard error how a live capture went, and which exit code follows from it.</summary>
internal static class LiveReport
{
    /// <summary>Counters as a person reads them.</summary>
    public static string Text(WatchCounters counters)
    {
        var text = $"{Quantities.Count(counters.Frames, "packet", "packets")} seen, {counters.DroppedByKernel} dropped by the kernel, {counters.DroppedByInterface} by the interface; "
            + $"{Quantities.Count(counters.Decided, "connection", "connections")} decided, {counters.Open} open";
        return counters.GivenUp > 0 ? $"{text}, {counters.GivenUp} abandoned because too many were open" : text;
    }

    /// <summary>Reports the end.</summary>
    /// <param name="summary">What the analysis met.</param>
    /// <param name="source">What was captured from.</param>
    /// <param name="decided">Connections whose handshake was decided.</param>
    /// <param name="shown">Those that were wanted.</param>
    /// <param name="isQuiet">True to report by the exit code alone.</param>
    public static int Write(AnalysisSummary summary, RecordedCapture source, int decided, int shown, bool isQuiet)
    {
        var statistics = source.Statistics;
        if (source.StoreFailure is { } failure) Console.Error.WriteLine($"h2m: {source.Name} is incomplete: {failure}; what is shown is not.");
        foreach (var damage in summary.Damages) Console.Error.WriteLine($"h2m: {damage.Capture}: {damage.What}; the output covers what was seen until then.");
        foreach (var cap in summary.CapsReached) Console.Error.WriteLine($"h2m: {cap}.");
        if (!isQuiet)
        {
            foreach (var (link, frames) in summary.UnsupportedLinks) Console.Error.WriteLine(InputReport.Unparsed(link, frames));
            foreach (var key in summary.UnmatchedKeys) Console.Error.WriteLine(InputReport.Unmatched(key));
            Console.Error.WriteLine($"h2m: {Text(new WatchCounters(summary.Frames, statistics.DroppedByKernel, statistics.DroppedByInterface, 0, decided, 0)).Replace(", 0 open", "", StringComparison.Ordinal)}.");
        }

        var dropped = statistics.DroppedByKernel + statistics.DroppedByInterface;
        if (dropped > 0) Console.Error.WriteLine($"h2m: {dropped} packets were dropped, so handshakes may be missing or incomplete; a larger --buffer or a --filter helps.");
        if (summary.WasStopped) return ExitCode.Interrupted;
        if (source.StoreFailure is not null || summary.Damages.Count > 0 || dropped > 0 || summary.CapsReached.Count > 0) return ExitCode.Incomplete;
        return shown > 0 ? ExitCode.Done : ExitCode.Nothing;
    }
}
