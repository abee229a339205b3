namespace HandshakeToMermaid.Cli.Tests;

/// <summary>The h2m that tests start: the one they were built with, or the one that the variable H2M_PROGRAM names, a native build for instance.</summary>
internal static class TestedProgram
{
    /// <summary>The program named by H2M_PROGRAM; null for the managed one.</summary>
    public static string? Other { get; } = Environment.GetEnvironmentVariable("H2M_PROGRAM") is { Length: > 0 } path ? Path.GetFullPath(path, H2m.Root) : null;

    /// <summary>The program in the words of a shell.</summary>
    public static string InShell => string.Join(' ', Line.Select(word => $"'{word}'"));

    /// <summary>The words that start it, before its arguments.</summary>
    public static string[] Line => Other is null ? Managed : [Other];

    /// <summary>The words that start the managed program.</summary>
    public static string[] Managed => ["dotnet", typeof(ExitCode).Assembly.Location];
}
