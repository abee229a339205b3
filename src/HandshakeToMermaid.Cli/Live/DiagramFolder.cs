using System.Globalization;
using HandshakeToMermaid.Cli.Files;
using HandshakeToMermaid.Cli.Output;
using HandshakeToMermaid.Diagnosis;

namespace HandshakeToMermaid.Cli.Live;

/// <summary>
/// A directory that gets a diagram per connection, when its handshake is decided and once more, completed, when it is over. Names begin with
/// the time, so that no run writes over what another left; a file is never seen half written.
/// </summary>
internal sealed class DiagramFolder(OutputTarget product, int maxFiles)
{
    private readonly Dictionary<int, string> open = [];

    /// <summary>Diagrams written.</summary>
    public int Written { get; private set; }

    /// <summary>Connections that got none, for the cap was reached.</summary>
    public int LeftOut { get; private set; }

    /// <summary>Writes the diagram of a connection that goes on.</summary>
    public void Write(DiagnosedConnection connection)
    {
        var id = connection.Connection.Id;
        if (!open.TryGetValue(id, out var path))
        {
            if (Written >= maxFiles)
            {
                LeftOut++;
                return;
            }

            OutputDirectory.Create(product.Target!);
            open[id] = path = FreeName(connection);
            Written++;
        }

        product.At(path).Write([connection]);
    }

    /// <summary>A connection is over: its diagram, where it has one, is completed.</summary>
    public void Complete(DiagnosedConnection connection)
    {
        if (!open.ContainsKey(connection.Connection.Id)) return;
        Write(connection);
        open.Remove(connection.Connection.Id);
    }

    private string FreeName(DiagnosedConnection connection)
    {
        var start = connection.Connection.First.Time.ToString();
        var time = $"{start[..10]}T{start[11..19].Replace(":", "", StringComparison.Ordinal)}Z";
        var name = string.Create(CultureInfo.InvariantCulture, $"{time}-{connection.Connection.Id:D3}-{OutputTarget.SafeName(connection)}");
        var path = Path.Combine(product.Target!, name + product.Ending);
        for (var again = 2; File.Exists(path); again++) path = Path.Combine(product.Target!, $"{name}-{again}{product.Ending}");
        return path;
    }
}
