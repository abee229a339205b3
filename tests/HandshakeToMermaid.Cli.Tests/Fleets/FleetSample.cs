using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace HandshakeToMermaid.Cli.Tests.Fleets;

/// <summary>A row that h2m wrote of a sample, as the pattern for many: places and times are varied, everything else stays as it was written.</summary>
internal sealed class FleetSample
{
    private const string Mark = "@@";
    private static readonly DateTime Midnight = new(2026, 11, 20, 0, 0, 0, DateTimeKind.Utc);
    private readonly string[] parts;
    private readonly string? cause;
    private readonly string? version;
    private readonly string? highest;
    private readonly bool hasCertificate;
    private readonly bool[] isAnswered;

    /// <summary>Takes the first row of a sample.</summary>
    /// <param name="name">The sample.</param>
    /// <param name="cause">Why it failed; null where it did not.</param>
    /// <param name="version">The version agreed on.</param>
    /// <param name="highest">The highest version offered, in JA4's two characters.</param>
    /// <param name="hasCertificate">Whether the server's certificate is in the clear.</param>
    public FleetSample(string name, string? cause, string? version, string? highest, bool hasCertificate = false)
    {
        (this.cause, this.version, this.highest, this.hasCertificate) = (cause, version, highest, hasCertificate);
        var row = JsonNode.Parse(H2m.Run(["list", H2m.Sample(name), "--json", "-q"]).Output.Split('\n')[0])!;
        Assert.Equal(cause is not null, (bool)row["outcome"]!["failed"]!);
        row["id"] = Place("id");
        row["start"] = Place("start");
        row["client"]!["address"] = Place("client");
        row["server"]!["name"] = Place("server");
        row["server"]!["address"] = Place("address");
        if (hasCertificate)
        {
            row["tls"]!["certificates"]![0]!["issuer"] = "CN=Example Issuing CA";
            row["tls"]!["certificates"]![0]!["not_after"] = Place("ends");
        }

        var queries = row["dns"]!.AsArray();
        isAnswered = [.. queries.Select(q => q!["duration_ms"] is not null)];
        for (var i = 0; i < isAnswered.Length; i++)
        {
            queries[i]!["query_frame"] = Place($"frame{i}");
            queries[i]!["resolver"] = Place("resolver");
            if (isAnswered[i]) queries[i]!["duration_ms"] = Place("ms");
        }

        parts = row.ToJsonString().Replace($"\"{Mark}", Mark, StringComparison.Ordinal).Replace($"{Mark}\"", Mark, StringComparison.Ordinal).Split(Mark);
    }

    /// <summary>Row number <paramref name="k"/> of all, which is number <paramref name="id"/> of <paramref name="file"/>.</summary>
    public FleetRow Row(int k, int id, string file)
    {
        // Every fourth row of a file shares its queries with the row before, as connections to one name do.
        var asked = id % 4 == 0 ? k - 1 : k;
        return new FleetRow
        {
            File = file,
            Id = id,
            Start = Midnight.AddSeconds(k * 7919L % (48 * 3600)),
            Client = $"198.51.100.{1 + k % 101}",
            Server = k % 13 == 0 ? null : $"s{k % 13}.example.net",
            Address = $"203.0.113.{k % 17}",
            Cause = cause,
            Version = version,
            Highest = highest,
            Ends = hasCertificate ? Midnight.AddDays(k % 97 * 3 - 60) : null,
            Queries = [.. isAnswered.Select((answered, i) => new FleetQuery(asked * 10L + i, $"192.0.2.{50 + asked % 5}", answered ? asked % 5 * 40 + asked % 307 / 8.0 : null))],
        };
    }

    /// <summary>Writes a row as h2m does.</summary>
    public void Write(StringBuilder text, FleetRow row)
    {
        for (var i = 0; i < parts.Length; i++)
        {
            if (i % 2 == 0) text.Append(parts[i]);
            else text.Append(CultureInfo.InvariantCulture, $"{Value(parts[i], row)}");
        }

        text.Append('\n');
    }

    private static string Place(string name) => Mark + name + Mark;

    private static string Value(string place, FleetRow row) => place switch
    {
        "id" => row.Id.ToString(CultureInfo.InvariantCulture),
        "start" => $"\"{row.Start:yyyy-MM-ddTHH:mm:ss}.000000Z\"",
        "client" => $"\"{row.Client}\"",
        "server" => row.Server is null ? "null" : $"\"{row.Server}\"",
        "address" => $"\"{row.Address}\"",
        "ends" => $"\"{row.Ends:yyyy-MM-ddTHH:mm:ss}Z\"",
        "resolver" => $"\"{row.Queries[0].Resolver}\"",
        "ms" => row.Queries.First(q => q.Milliseconds is not null).Milliseconds!.Value.ToString(CultureInfo.InvariantCulture),
        _ => row.Queries[int.Parse(place.AsSpan("frame".Length), CultureInfo.InvariantCulture)].Frame.ToString(CultureInfo.InvariantCulture),
    };
}
