using System.Diagnostics;
using HandshakeToMermaid.Cli.Options;
using HandshakeToMermaid.Cli.Output;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Pipeline;
using HandshakeToMermaid.Redaction;

namespace HandshakeToMermaid.Cli.Live;

/// <summary>What <c>h2m record</c> does with connections: keeps those of the command, until it has ended and its last packets came.</summary>
internal sealed class RecordSession(CommandRun command, ProcessSockets? sockets, Selection wanted, CancellationToken cancellation, ProductRedaction? redaction = null) : IConnectionWatcher
{
    private readonly Stopwatch sinceEnd = new();

    /// <summary>Connections that are the command's by its sockets.</summary>
    public int BySocket { get; private set; }

    /// <summary>Connections that are taken for the command's because they began while it ran.</summary>
    public int ByTime { get; private set; }

    /// <summary>Connections that belong to others.</summary>
    public int OfOthers { get; private set; }

    /// <summary>All that began while the command ran, with numbers as a file of the same packets has them.</summary>
    public WatchedConnections Kept { get; } = new(MaxSpare);

    /// <summary>Why the command's later connections are not shown: no pseudonym is left. Null while there are some.</summary>
    public PseudonymsExhaustedException? Exhausted { get; private set; }

    public void Decided(DiagnosedConnection connection)
    {
    }

    public void Revised(DiagnosedConnection connection)
    {
    }

    public void Over(DiagnosedConnection connection)
    {
        var isWanted = IsOfCommand(connection) && wanted.Includes(connection);
        if (isWanted && Exhausted is not null) return;
        try
        {
            Kept.Add(isWanted ? redaction?.Of(connection) ?? connection : connection, isWanted);
        }
        catch (PseudonymsExhaustedException full)
        {
            Exhausted = full;
        }
    }

    public bool Turn(IWatchView view)
    {
        if (!command.HasEnded) return true;
        if (!sinceEnd.IsRunning) sinceEnd.Start();
        if (sinceEnd.Elapsed < LastPackets) return true;
        return !cancellation.IsCancellationRequested && sinceEnd.Elapsed < Longest && view.Running(1).Count > 0;
    }

    private bool IsOfCommand(DiagnosedConnection diagnosed)
    {
        var connection = diagnosed.Connection;

        // What the capture joined midway had begun before the command.
        if (connection.Flow?.Tcp is { Syn.IsSet: false }) return false;
        switch (OwnerOf(diagnosed))
        {
            case SocketOwner.Command:
                BySocket++;
                return true;
            case SocketOwner.Other:
                OfOthers++;
                return false;
            default:
                ByTime++;
                return true;
        }
    }

    private SocketOwner OwnerOf(DiagnosedConnection diagnosed)
    {
        var connection = diagnosed.Connection;
        if (sockets is null || connection.Client.Endpoint is not { } client) return SocketOwner.Unknown;
        if (connection.Flow?.Tcp is null) return sockets.AskedFrom(client) ? SocketOwner.Command : SocketOwner.Unknown;
        return connection.Server.Endpoint is { } server ? sockets.OwnerOf(client, server) : SocketOwner.Unknown;
    }

    private const int MaxSpare = 2000;

    /// <summary>Packets wait in the capture's blocks for 20 ms; a peer's last FIN takes a round trip.</summary>
    private static readonly TimeSpan LastPackets = TimeSpan.FromMilliseconds(400);

    /// <summary>A handshake that the command left behind unanswered is not waited for longer.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);
}
