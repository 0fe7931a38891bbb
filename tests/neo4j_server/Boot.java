import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

/** Starts Neo4j Community on a Bolt port of 127.0.0.1: HOME (a folder), PORT, and AUTH ("true" or "false"). */
public class Boot {
    public static void main(String[] arguments) throws InterruptedException {
        int port = Integer.parseInt(arguments[1]);
        DatabaseManagementService service = new DatabaseManagementServiceBuilder(Path.of(arguments[0]))
            .setConfig(BoltConnector.enabled, true)
            .setConfig(BoltConnector.listen_address, new SocketAddress("127.0.0.1", port))
            .setConfig(GraphDatabaseSettings.auth_enabled, Boolean.parseBoolean(arguments[2]))
            .build();
        Runtime.getRuntime().addShutdownHook(new Thread(service::shutdown));
        new CountDownLatch(1).await();
    }
}
