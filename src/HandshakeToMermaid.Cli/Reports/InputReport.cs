using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Diagrams.Wording;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Pipeline;

namespace HandshakeToMermaid.Cli.Reports;

/// <summary>Says on standard error what an analysis could not read, and which exit code follows from it.</summary>
internal static class InputReport
{
    /// <summary>Reports what is missing.</summary>
    /// <param name="summary">What the analysis met.</param>
    /// <param name="shown">Connections that were selected.</param>
    /// <param name="isQuiet">True to report by the exit code alone.</param>
    /// <param name="isConditionMet">True where a finding is there that <c>--fail-on</c> asked for.</param>
    public static int Write(AnalysisSummary summary, int shown, bool isQuiet, bool isConditionMet = false)
    {
        if (!isQuiet) Say(summary, shown);
        if (summary.WasStopped) return ExitCode.Interrupted;
        var isDamaged = summary.Damages.Count > 0 || summary.CapsReached.Count > 0 || summary.UnsupportedLinks.Count > 0;
        if (shown == 0 && !isDamaged) return ExitCode.Nothing;
        if (isConditionMet) return ExitCode.ConditionMet;
        return isDamaged ? ExitCode.Incomplete : ExitCode.Done;
    }

    private static void Say(AnalysisSummary summary, int shown)
    {
        foreach (var damage in summary.Damages) Console.Error.WriteLine($"h2m: {damage}");
        foreach (var (link, frames) in summary.UnsupportedLinks) Console.Error.WriteLine(Unparsed(link, frames));
        foreach (var cap in summary.CapsReached) Console.Error.WriteLine($"h2m: {cap}.");
        foreach (var key in summary.UnmatchedKeys) Console.Error.WriteLine(Unmatched(key));
        var unreadable = summary.UnreadableFrames;
        if (unreadable.Broken > 0) Console.Error.WriteLine($"h2m: {Frames(unreadable.Broken)} with malformed headers; the first is frame {unreadable.FirstBroken}: {unreadable.FirstFault}.");
        if (unreadable.CutShort > 0) Console.Error.WriteLine($"h2m: {Frames(unreadable.CutShort)} truncated inside the headers; the first is frame {unreadable.FirstCutShort}.");
        if (summary.WasStopped) Console.Error.WriteLine($"h2m: stopped after frame {summary.Frames}; the output covers what was seen until then.");
        if (shown > 0) return;
        if (summary.Connections == 0)
        {
            foreach (var encapsulation in summary.UnparsedEncapsulations) Console.Error.WriteLine(Hidden(encapsulation));
        }

        var queries = summary.UnusedResolutions > 0 ? $"; {Quantities.Count(summary.UnusedResolutions, "DNS resolution has", "DNS resolutions have")} no connection" : "";
        Console.Error.WriteLine(summary.Connections == 0
            ? $"h2m: {NoHandshake(summary)}{queries}."
            : $"h2m: none of the {summary.Connections} connections is selected; 'h2m list' shows them.");
    }

    /// <summary>The sentence about a link type that is not read.</summary>
    public static string Unparsed(LinkType link, FrameTally tally) =>
        $"h2m: {Frames(tally.Frames)} with an unsupported link type: {link.Name} (LINKTYPE {link.Code}); the first is frame {tally.First}.";

    /// <summary>The sentence about a private key that decrypts nothing here.</summary>
    public static string Unmatched(string key) => $"h2m: the RSA key {key} belongs to no certificate of the capture.";

    /// <summary>A handshake may be inside of frames that were not looked into: then it is not said that there is none.</summary>
    private static string NoHandshake(AnalysisSummary summary)
    {
        var unparsed = summary.UnparsedEncapsulations.Sum(e => e.Tally.Frames) + summary.UnsupportedLinks.Values.Sum(t => t.Frames);
        if (unparsed == 0) return $"there is no handshake in {Frames(summary.Frames)}";
        return unparsed < summary.Frames ? $"no handshake was found in the other {Frames(summary.Frames - unparsed)}" : "none of the frames could be decoded";
    }

    private static string Hidden(UnparsedEncapsulation encapsulation) =>
        $"h2m: {Quantities.Count(encapsulation.Tally.Frames, "frame contains", "frames contain")} {encapsulation.Name}, which is not decoded; the first is frame {encapsulation.Tally.First}.";

    private static string Frames(long count) => Quantities.Count(count, "frame", "frames");
}
