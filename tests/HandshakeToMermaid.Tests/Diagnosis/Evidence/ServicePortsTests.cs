using HandshakeToMermaid.Diagnosis.Evidence;

namespace HandshakeToMermaid.Tests.Diagnosis.Evidence;

/// <summary>What is known of a port decides what silence on it means.</summary>
public sealed class ServicePortsTests
{
    [Theory]
    [InlineData(443, 465, 636, 853, 989, 990, 992, 993, 995, 5061, 5671, 5986, 6380, 6443, 8443, 8883, 9443)]
    public void Tls_is_expected_on_these_and_the_client_begins(params int[] ports) =>
        Assert.All(ports, port => Assert.Equal((true, true, false), Of(port)));

    [Theory]
    [InlineData(53, 80, 389, 1883, 3000, 3268, 3389, 5432, 5985, 6379, 8000, 8080, 8888)]
    public void The_client_begins_on_these_without_tls(params int[] ports) => Assert.All(ports, port => Assert.Equal((false, true, false), Of(port)));

    [Theory]
    [InlineData(21, 22, 23, 25, 110, 119, 143, 587, 2525, 3306)]
    public void The_server_begins_on_these(params int[] ports) => Assert.All(ports, port => Assert.Equal((false, false, true), Of(port)));

    [Fact]
    public void No_other_port_is_known() =>
        Assert.Equal(40, Enumerable.Range(0, 65_536).Count(port => Of(port) is not (false, false, false)));

    private static (bool IsTls, bool ClientFirst, bool ServerFirst) Of(int port) =>
        (ServicePorts.IsTls((ushort)port), ServicePorts.BeginsWithClient((ushort)port), ServicePorts.BeginsWithServer((ushort)port));
}
