using System.Text;
using HandshakeToMermaid.Cli.Output;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Wording;

namespace HandshakeToMermaid.Cli.Live;

/// <summary>Rows as handshakes are decided; on a terminal, below them, those that are under way.</summary>
internal sealed class LiveRows(Stream stream, IRowWriter rows, bool isTerminal) : IDisposable
{
    private long drawnAt;
    private int drawn;

    /// <summary>True where handshakes under way are shown, and it is time to show them again.</summary>
    public bool IsDue => isTerminal && Environment.TickCount64 - drawnAt >= RedrawMilliseconds;

    /// <summary>Writes a row that stays.</summary>
    public void Write(DiagnosedConnection connection)
    {
        Wipe();
        rows.Write(connection.Connection.Id, rows.RowOf(connection));
        rows.Flush();
    }

    /// <summary>Shows handshakes under way in place of those shown before.</summary>
    public void Show(IReadOnlyList<DiagnosedConnection> running)
    {
        drawnAt = Environment.TickCount64;
        if (running.Count == 0 && drawn == 0) return;
        Wipe();
        var text = new StringBuilder();
        foreach (var one in running) text.Append("\e[2m").Append(TextWidth.Shorten(Line(one), Width - 1)).Append("\e[0m\n");
        drawn = running.Count;
        stream.Write(Encoding.UTF8.GetBytes(text.ToString()));
        stream.Flush();
    }

    /// <summary>Takes away what does not stay.</summary>
    public void Wipe()
    {
        if (drawn == 0) return;
        stream.Write(Encoding.ASCII.GetBytes($"\e[{drawn}A\r\e[J"));
        stream.Flush();
        drawn = 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Wipe();
        rows.Dispose();
    }

    private static string Line(DiagnosedConnection running)
    {
        var connection = running.Connection;
        var last = connection.Steps.Count > 0 ? connection.Steps[^1].Title : "";
        var took = Quantities.Text(connection.Last.Time - connection.First.Time);
        return VisibleText.Of($"    …  {connection.First.Time.ToString()[11..^1],-15}  {connection.Client.Endpoint,-21}  {Headline.Server(connection),-36}  {last} after {took}");
    }

    private static int Width
    {
        get
        {
            try
            {
                return Console.WindowWidth is > 20 and var width ? width : 80;
            }
            catch (IOException)
            {
                return 80;
            }
        }
    }

    private const long RedrawMilliseconds = 100;
}
