using CognitiveTools.Evals.Cluster.Stores;

namespace CognitiveTools.Evals.Cluster.Tests.Stores;

public sealed class PostgresAddressTests
{
    [Theory]
    [InlineData("db.example:5432/runs", "db.example", 5432, "runs")]
    [InlineData("127.0.0.1:6000/our%20runs", "127.0.0.1", 6000, "our runs")]
    [InlineData("[::1]:5432/runs", "::1", 5432, "runs")]
    [InlineData("Host=db.example;Database=runs;Username=me;Password='a;b=c'", "db.example", 5432, "runs")]
    [InlineData("Server=db.example;Port=6000;DB=runs;SSL Mode=VerifyFull", "db.example", 6000, "runs")]
    public void An_address_or_a_connection_string_names_a_database(string text, string host, int port, string database)
    {
        var connection = PostgresAddress.Parse(text);

        Assert.Equal((host, port, database), (connection.Host, connection.Port, connection.Database));
        Assert.Equal("cogtools", connection.SearchPath);
    }

    [Theory]
    [InlineData("", "HOST:PORT/DATABASE")]
    [InlineData("127.0.0.1/runs", "HOST:PORT/DATABASE")]
    [InlineData("127.0.0.1:5432", "HOST:PORT/DATABASE")]
    [InlineData("127.0.0.1:5432/runs/more", "HOST:PORT/DATABASE")]
    [InlineData("me:hunter2@127.0.0.1:5432/runs", "HOST:PORT/DATABASE")]
    [InlineData("127.0.0.1:5432/runs?password:hunter2", "HOST:PORT/DATABASE")]
    [InlineData("Host=127.0.0.1;Password=hunter2", "Database=...")]
    [InlineData("Database=runs;Password=hunter2", "Host=...")]
    [InlineData("Host=127.0.0.1;Database=runs;Password=a;hunter2=b", "in quotes")]
    [InlineData("Host=127.0.0.1;Database=runs;Port=hunter2", "keywords")]
    public void What_is_neither_is_refused_without_being_repeated(string text, string remedy)
    {
        var refused = Assert.Throws<ArgumentException>(() => PostgresAddress.Parse(text));

        Assert.Contains(remedy, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refused.ToString(), StringComparison.Ordinal);
    }
}
