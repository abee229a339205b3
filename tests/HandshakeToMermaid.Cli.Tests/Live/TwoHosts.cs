namespace HandshakeToMermaid.Cli.Tests.Live;

/// <summary>Two network namespaces joined by a cable. The near one sends everything to the far one, which swallows it.</summary>
internal sealed class TwoHosts : IDisposable
{
    public TwoHosts()
    {
        Machine.Needs("ip", "bash", "timeout");
        var made = Run("ip", "netns", "add", Near) && Run("ip", "netns", "add", Far)
            && Run("ip", "link", "add", Interface, "netns", Near, "type", "veth", "peer", "name", "far0", "netns", Far)
            && Run("ip", "-n", Near, "addr", "add", "192.0.2.1/30", "dev", Interface) && Run("ip", "-n", Far, "addr", "add", "192.0.2.2/30", "dev", "far0")
            && Run("ip", "-n", Near, "link", "set", Interface, "up") && Run("ip", "-n", Far, "link", "set", "far0", "up")
            && Run("ip", "-n", Near, "route", "add", "default", "via", "192.0.2.2");
        if (!made) Dispose();
        Skip.IfNot(made, "needs network namespaces joined by veth");
    }

    public string Near { get; } = $"h2m-near-{Environment.ProcessId}";

    public string Far { get; } = $"h2m-far-{Environment.ProcessId}";

    public string Interface => "near0";

    /// <summary>The near interface is gone.</summary>
    public void TakeAway() => Run("ip", "-n", Near, "link", "del", Interface);

    public void Dispose()
    {
        Run("ip", "netns", "del", Near);
        Run("ip", "netns", "del", Far);
    }

    private static bool Run(params string[] command) => Machine.TryRun(command[0], command[1..]);
}
