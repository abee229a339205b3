using System.Globalization;
using System.Text.Json;

namespace HandshakeToMermaid.Cli.Tests.Live;

/// <summary>Handshakes of real programs on loopback, watched while they happen.</summary>
[Collection("live")]
public class LiveTests
{
    [SkippableFact]
    public void A_curl_that_succeeds_and_one_that_refuses_the_certificate_are_told_with_name_and_outcome()
    {
        Machine.NeedsCapturing();
        using var scratch = new Scratch();
        using var server = new TlsServer(scratch);
        using var live = H2m.Watch("-i", "lo", "--filter", $"tcp port {server.Port}", "-n", "2", "--json", "--duration", "30s");
        Assert.True(Machine.TryRun("curl", server.Curl()[1..]));
        Assert.False(Machine.TryRun("curl", "-s", "--resolve", $"test.example:{server.Port}:127.0.0.1", server.Url));
        Assert.Equal(0, live.WaitForEnd());
        var rows = live.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Equal(2, rows.Count);
        Assert.All(rows, r => Assert.Equal("test.example", r.GetProperty("tls").GetProperty("sni").GetString()));
        Assert.Equal("established", rows[0].GetProperty("outcome").GetProperty("class").GetString());
        Assert.True(rows[1].GetProperty("outcome").GetProperty("class").GetString() is "alert" or "client_rejected", rows[1].ToString());
        Assert.True(rows[0].GetProperty("timing").GetProperty("total_ms").GetDouble() is > 0 and < 10_000);
        Assert.Contains("dropped by the kernel", live.Errors, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void What_was_written_draws_the_same_diagram_byte_for_byte()
    {
        Machine.NeedsCapturing();
        Machine.NeedsSignal("INT");
        using var scratch = new Scratch();
        using var server = new TlsServer(scratch);
        var keys = scratch.File("keys.log");
        var (packets, diagram) = (scratch.File("visit.pcapng"), scratch.File("live.mmd"));
        using var live = H2m.Watch("-i", "lo", "--filter", $"tcp port {server.Port}", "--key-log", keys, "--write", packets, "-o", diagram);

        // The key log comes into being after the watching began, as a browser's does.
        Assert.True(Machine.TryRun("env", [$"SSLKEYLOGFILE={keys}", .. server.Curl()]));
        Assert.False(Machine.TryRun("curl", "-s", "--resolve", $"test.example:{server.Port}:127.0.0.1", server.Url));
        live.WaitForOutput("alert");
        live.Signal("INT");
        Assert.Equal(130, live.WaitForEnd());

        var again = scratch.File("again.mmd");
        var (code, _, errors) = H2m.Run("convert", packets, "-o", again);
        Assert.True(code == 0, errors);
        Assert.Equal(File.ReadAllText(again), File.ReadAllText(diagram));
        Assert.Contains("Connection 2", File.ReadAllText(again), StringComparison.Ordinal);
        Assert.Contains("CLIENT_HANDSHAKE_TRAFFIC_SECRET", File.ReadAllText(packets), StringComparison.Ordinal);
        var json = (Live: scratch.File("a.json"), Again: scratch.File("b.json"));
        Assert.Equal(0, H2m.Run("convert", packets, "-o", json.Live).ExitCode);
        Assert.Equal(Machine.OwnerOnly, Machine.ModeOf(packets));
    }

    [SkippableFact]
    public void A_watchdog_leaves_one_diagram_per_failure_and_writes_over_none()
    {
        Machine.NeedsCapturing();
        using var scratch = new Scratch();
        using var server = new TlsServer(scratch);
        var folder = scratch.File("failures") + "/";
        for (var run = 0; run < 2; run++)
        {
            using var live = H2m.Watch("-i", "lo", "--filter", $"tcp port {server.Port}", "--failed", "-o", folder, "-n", "2", "--max-files", "1", "--duration", "30s");
            Assert.True(Machine.TryRun("curl", server.Curl()[1..]));
            Assert.False(Machine.TryRun("curl", "-s", "--resolve", $"test.example:{server.Port}:127.0.0.1", server.Url));
            Assert.False(Machine.TryRun("curl", "-s", "--resolve", $"test.example:{server.Port}:127.0.0.1", server.Url));
            Assert.Equal(0, live.WaitForEnd());
            Assert.Contains("1 connection has no diagram", live.Errors, StringComparison.Ordinal);
        }

        var files = Directory.GetFiles(folder);
        Assert.Equal(2, files.Length);
        Assert.All(files, f => Assert.Contains("test.example", Path.GetFileName(f), StringComparison.Ordinal));
        Assert.All(files, f => Assert.Contains("Failed", File.ReadAllText(f), StringComparison.Ordinal));
    }

    [SkippableFact]
    public void A_refused_port_is_told_at_once()
    {
        Machine.NeedsCapturing();
        Machine.Needs("curl");
        var port = Machine.FreePort();
        using var live = H2m.Watch("-i", "lo", "--filter", $"tcp port {port}", "-n", "1", "--duration", "30s");
        Assert.False(Machine.TryRun("curl", "-s", $"https://127.0.0.1:{port}/"));
        Assert.Equal(0, live.WaitForEnd());
        Assert.Contains("refused", live.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_syn_to_a_silent_host_is_a_timeout_and_an_interface_that_goes_away_ends_it_with_4()
    {
        Machine.NeedsCapturing();
        using var names = new TwoHosts();
        using var scratch = new Scratch();
        var packets = scratch.File("silent.pcapng");
        using var live = H2m.Start(new Dictionary<string, string>(), ["live", "-i", names.Interface, "--timeout", "1500ms", "--write", packets, "--filter", "tcp"], "ip", "netns", "exec", names.Near);
        live.WaitForError("watching");

        // The far host has no such address, forwards nothing and says nothing.
        Machine.TryRun("ip", "netns", "exec", names.Near, "timeout", "2.5", "bash", "-c", "exec 3<>/dev/tcp/198.51.100.7/443");
        live.WaitForOutput("tcp_timeout");
        names.TakeAway();
        Assert.Equal(4, live.WaitForEnd());
        Assert.Contains("198.51.100.7:443", live.Output, StringComparison.Ordinal);
        Assert.Contains("the output covers what was seen until then", live.Errors, StringComparison.Ordinal);
        var (_, output, _) = H2m.Run("list", packets, "--json");
        Assert.Contains("tcp_timeout", output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Sigterm_completes_every_output()
    {
        Machine.NeedsCapturing();
        using var scratch = new Scratch();
        using var server = new TlsServer(scratch);
        var (packets, diagram) = (scratch.File("visit.pcapng"), scratch.File("visit.mmd"));
        using var live = H2m.Watch("-i", "lo", "--filter", $"tcp port {server.Port}", "--write", packets, "-o", diagram);
        Assert.True(Machine.TryRun("curl", server.Curl()[1..]));
        live.WaitForOutput("established");
        live.Signal("TERM");
        Assert.Equal(143, live.WaitForEnd());
        Assert.StartsWith("sequenceDiagram", File.ReadAllText(diagram), StringComparison.Ordinal);
        Assert.Equal(0, H2m.Run("convert", packets).ExitCode);
    }

    [SkippableFact]
    public void A_row_comes_while_the_connection_goes_on()
    {
        Machine.NeedsCapturing();
        Machine.NeedsSignal("INT");
        using var scratch = new Scratch();
        using var server = new TlsServer(scratch);
        using var live = H2m.Watch("-i", "lo", "--filter", $"tcp port {server.Port}");
        var command = string.Create(CultureInfo.InvariantCulture, $"sleep 20 | openssl s_client -connect 127.0.0.1:{server.Port} -servername test.example");
        using var client = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("timeout", ["20", "sh", "-c", command]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        live.WaitForOutput("established");
        Assert.False(client.HasExited);
        client.Kill(entireProcessTree: true);
        live.Signal("INT");
        live.WaitForEnd();
    }
}
