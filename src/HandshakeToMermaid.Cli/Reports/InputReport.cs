namespace HandshakeToMermaid.Cli.Reports;

/// <summary>Says on standard error what an analysis could not read, and which exit code follows from it.</summary>
internal static class InputReport
{
    /// <summary>Reports what is missing.</summary>
    /// <param name="summary">What the analysis met.</param>
    /// <param name="shown">Connections that were selected.</param>
    /// <param name="isQuiet">True where nothing but the exit code may tell.</param>
    /// <param name="isConditionMet">True where a finding is there that <c>--fail-on</c> asked for.</param>
    public static int Write(AnalysisSummary summary, int shown, bool isQuiet, bool isConditionMet = false)
    {
        if (!isQuiet) Say(summary, shown);
        if (summary.WasStopped) return ExitCode.Interrupted;
        var isDamaged = summary.Damages.Count > 0;
        if (shown == 0 && !isDamaged) return ExitCode.Nothing;
        if (isConditionMet) return ExitCode.ConditionMet;
        return isDamaged ? ExitCode.Incomplete : ExitCode.Done;
    }

    private static void Say(AnalysisSummary summary, int shown)
    {
        foreach (var damage in summary.Damages) Console.Error.WriteLine($"h2m: {damage}");
        foreach (var (link, frames) in summary.UnsupportedLinks)
        {
            Console.Error.WriteLine($"h2m: {frames} frames have a link type that is not read here: {link.Name} (LINKTYPE {link.Code}).");
        }
        if (summary.WasStopped) Console.Error.WriteLine($"h2m: stopped after frame {summary.Frames}; what was seen until then is written.");
        if (shown > 0) return;
        var lookups = summary.UnusedLookups > 0 ? $"; {summary.UnusedLookups} names were looked up without a connection that followed" : "";
        Console.Error.WriteLine(summary.Connections == 0
            ? $"h2m: there is no handshake in these {summary.Frames} frames{lookups}."
            : $"h2m: none of the {summary.Connections} connections is selected; 'h2m list' shows them.");
    }
}
