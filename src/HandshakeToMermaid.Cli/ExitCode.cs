namespace HandshakeToMermaid.Cli;

/// <summary>The exit codes of the process; scripts depend on these numbers.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>A condition that was asked for is met: <c>--fail-on</c>, a stale embedded diagram.</summary>
    public const int ConditionMet = 1;

    /// <summary>The command line was wrong.</summary>
    public const int WrongUsage = 2;

    /// <summary>The input cannot be read at all.</summary>
    public const int Unreadable = 3;

    /// <summary>Done, but part of the input could not be read.</summary>
    public const int Incomplete = 4;

    /// <summary>Nothing to draw.</summary>
    public const int Nothing = 5;

    /// <summary>
    /// Interrupted, after writing what there was. The process answers 128 and the number of the signal, which is this for SIGINT
    /// (<see cref="Interruption.ExitCodeOf"/>).
    /// </summary>
    public const int Interrupted = 130;
}
